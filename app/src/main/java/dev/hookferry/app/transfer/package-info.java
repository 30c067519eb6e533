/** Copies between stores and restores of archives, as the command line runs them. */
@NullMarked
package dev.hookferry.app.transfer;

import org.jspecify.annotations.NullMarked;
