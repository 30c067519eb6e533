package dev.hookferry.endpoint;

import dev.hookferry.signing.Sealed;

/**
 * A header that an endpoint wants with every request. The value may be a credential, so it is kept
 * sealed; {@link HeaderRules} judges both before it is.
 *
 * @param name as it is sent
 * @param value sealed
 */
public record CustomHeader(String name, Sealed value) {}
