/** Tests of the bench. */
@NullMarked
package dev.hookferry.app.bench;

import org.jspecify.annotations.NullMarked;
