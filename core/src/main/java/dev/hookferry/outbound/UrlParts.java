package dev.hookferry.outbound;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** The parts of a parsed URL; see the accessors of {@link TargetUrl}. */
record UrlParts(
    String text,
    String scheme,
    String host,
    @Nullable InetAddress literal,
    int port,
    String pathAndQuery) {}
