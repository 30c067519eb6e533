package dev.hookferry.catalog;

/**
 * Events that this process has checked against the schema of their type since it started, by
 * result. An event counts once it is accepted for the first time, whatever was tried before; a
 * repeat of an accepted event does not count. A refused event counts each time that it is refused.
 *
 * @param valid accepted, and matched the schema
 * @param warned accepted, although they violated it
 * @param refused refused, because they violated it or this process cannot use it
 * @param unchecked accepted without a check under the policy {@code warn}, because this process
 *     cannot use the schema
 */
public record SchemaChecks(long valid, long warned, long refused, long unchecked) {}
