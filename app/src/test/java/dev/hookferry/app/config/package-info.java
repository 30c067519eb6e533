/** Tests of the configuration. */
@NullMarked
package dev.hookferry.app.config;

import org.jspecify.annotations.NullMarked;
