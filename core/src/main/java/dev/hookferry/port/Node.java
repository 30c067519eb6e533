package dev.hookferry.port;

/**
 * A process, for people to recognise.
 *
 * @param name host and process id, or what the operator calls it; 200 characters at most
 */
public record Node(String name) {}
