package dev.hookferry.app.config;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where and how the API is offered.
 *
 * @param address the address that it listens at
 * @param port its port; 0 for a free one
 * @param behindProxy whether a proxy in front of it speaks TLS
 * @param adminKey the admin key, or null if keys are kept in the store alone
 */
public record ListenConfig(
    InetAddress address, int port, boolean behindProxy, @Nullable Secret adminKey) {}
