/** The configuration of a server as typed values. */
@NullMarked
package dev.hookferry.app.config;

import org.jspecify.annotations.NullMarked;
