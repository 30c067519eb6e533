package dev.hookferry.http.console;

import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.frame.ServerInfo;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What the console is made with.
 *
 * @param clock the node's
 * @param random cryptographic and thread-safe; where sessions come from
 * @param activity what happened of late; a listener of the same Hookferry
 * @param behindTls whether browsers reach us over TLS that a proxy ends: cookies are for TLS only
 *     then
 * @param server what is told of the server
 */
public record ConsoleOptions(
    InstantSource clock,
    RandomGenerator random,
    Activity activity,
    boolean behindTls,
    ServerInfo server) {}
