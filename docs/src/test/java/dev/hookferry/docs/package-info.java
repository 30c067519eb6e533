/** The manual's examples, as tests: every Java block in it is a region of a class here. */
@NullMarked
package dev.hookferry.docs;

import org.jspecify.annotations.NullMarked;
