package dev.hookferry.catalog;

/**
 * Numbers of events that this process has checked against the schema of their type since it
 * started, by result. An accepted event counts once, even if it was refused before; its repeats do
 * not count. A refused event counts each time that it is refused.
 *
 * @param valid accepted, and matched the schema
 * @param warned accepted although they violated the schema
 * @param refused refused because they violated the schema or this process cannot use it
 * @param unchecked accepted without a check under the policy {@code warn}, because this process
 *     cannot use the schema
 */
public record SchemaChecks(long valid, long warned, long refused, long unchecked) {}
