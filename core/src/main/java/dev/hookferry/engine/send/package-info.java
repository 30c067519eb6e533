/**
 * Stage send: builds and signs the request of an attempt, and redacts secrets from the response.
 */
@NullMarked
package dev.hookferry.engine.send;

import org.jspecify.annotations.NullMarked;
