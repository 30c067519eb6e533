/** Tables and field lists as commands print them. */
@NullMarked
package dev.hookferry.app.cli.listing;

import org.jspecify.annotations.NullMarked;
