/** API keys: who may do what. */
@NullMarked
package dev.hookferry.access;

import org.jspecify.annotations.NullMarked;
