/** Time-ordered identifiers and their textual form. */
@NullMarked
package dev.hookferry.id;

import org.jspecify.annotations.NullMarked;
