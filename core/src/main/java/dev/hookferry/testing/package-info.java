/** Fakes for tests of products that embed Hookferry: a clock to turn, a transport to script. */
@NullMarked
package dev.hookferry.testing;

import org.jspecify.annotations.NullMarked;
