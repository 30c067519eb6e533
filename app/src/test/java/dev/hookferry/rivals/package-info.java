/**
 * The same job as ours, done with what a Java team would take from the shelf. Measured, not
 * shipped.
 */
@NullMarked
package dev.hookferry.rivals;

import org.jspecify.annotations.NullMarked;
