/** Options and arguments that several commands have in common. */
@NullMarked
package dev.hookferry.app.cli.option;

import org.jspecify.annotations.NullMarked;
