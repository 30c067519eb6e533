/**
 * In-memory store, for tests and for products that can lose events. Durable stores are in {@code
 * hookferry-adapters-file} and {@code hookferry-adapters-jdbc}.
 */
@NullMarked
package dev.hookferry.memory;

import org.jspecify.annotations.NullMarked;
