/** Tests of our JSON. */
@NullMarked
package dev.hookferry.json;

import org.jspecify.annotations.NullMarked;
