package dev.hookferry.rivals;

import java.io.Serializable;

/**
 * A webhook that is to be sent.
 *
 * @param url where to
 * @param body what
 */
public record Job(String url, String body) implements Serializable {}
