/** Tests of the demo. */
@NullMarked
package dev.hookferry.app.demo;

import org.jspecify.annotations.NullMarked;
