/**
 * Validation of the parts of an endpoint: headers, authentication, certificates, signing and uids.
 * {@code EndpointWriter} in {@code internal} combines them.
 */
@NullMarked
package dev.hookferry.internal.endpoint;

import org.jspecify.annotations.NullMarked;
