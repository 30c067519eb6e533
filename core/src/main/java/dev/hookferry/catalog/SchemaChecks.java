package dev.hookferry.catalog;

/**
 * How often this process has checked data against a schema since it started, by result. An event
 * that is published again because the configuration changed meanwhile is checked again.
 *
 * @param valid matched the schema
 * @param warned violated it and were accepted
 * @param refused violated it and were refused
 * @param unchecked accepted without a check under the policy {@code warn}, because this process
 *     cannot use the schema
 */
public record SchemaChecks(long valid, long warned, long refused, long unchecked) {}
