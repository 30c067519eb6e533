/** The configuration of the server: where values come from, what they may be, what they mean. */
@NullMarked
package dev.hookferry.app.config;

import org.jspecify.annotations.NullMarked;
