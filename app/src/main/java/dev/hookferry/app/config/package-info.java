/**
 * The configuration of a server as typed values. Its keys and sources are in {@code
 * app.config.reading}; settings of a site, which can change while a server runs, are in {@code
 * dev.hookferry.site}.
 */
@NullMarked
package dev.hookferry.app.config;

import org.jspecify.annotations.NullMarked;
