package dev.hookferry.http.console;

import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.frame.ServerInfo;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Options of the console.
 *
 * @param clock the node's clock
 * @param random source of session tokens; must be cryptographic and thread-safe
 * @param activity recent activity; registered as a listener of the same Hookferry
 * @param behindTls whether a proxy terminates TLS for browsers; cookies are restricted to TLS then
 * @param server facts about the server to show
 */
public record ConsoleOptions(
    InstantSource clock,
    RandomGenerator random,
    Activity activity,
    boolean behindTls,
    ServerInfo server) {}
