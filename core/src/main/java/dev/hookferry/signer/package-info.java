/**
 * External signers: keys that sign for a site but are not in Hookferry's store, such as those of a
 * key management service. Signature profiles and the content they sign are in {@code
 * dev.hookferry.signing}.
 */
@NullMarked
package dev.hookferry.signer;

import org.jspecify.annotations.NullMarked;
