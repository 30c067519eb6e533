/** Tests of texts for people. */
@NullMarked
package dev.hookferry.app.text;

import org.jspecify.annotations.NullMarked;
