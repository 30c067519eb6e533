/** Signatures that let a receiver trust a request: QLM's hash and Standard Webhooks. */
@NullMarked
package dev.hookferry.signing;

import org.jspecify.annotations.NullMarked;
