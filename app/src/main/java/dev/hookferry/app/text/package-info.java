/**
 * Human-readable output: tables, and escaping that makes untrusted text harmless on a terminal and
 * in a log. API responses are printed in {@code app.cli.listing}.
 */
@NullMarked
package dev.hookferry.app.text;

import org.jspecify.annotations.NullMarked;
