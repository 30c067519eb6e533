/** Commands about the catalogue of event types. */
@NullMarked
package dev.hookferry.app.cli.catalog;

import org.jspecify.annotations.NullMarked;
