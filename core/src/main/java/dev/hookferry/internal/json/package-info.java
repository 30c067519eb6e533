/** Reading of JSON that was validated before: positions in its bytes and exact numbers. */
@NullMarked
package dev.hookferry.internal.json;

import org.jspecify.annotations.NullMarked;
