/**
 * The customers' portal within an application's own web server. Not for direct use: the pages are
 * in {@code dev.hookferry.http.console.portal}, and applications create links through {@code
 * dev.hookferry.portal}.
 */
@NullMarked
package dev.hookferry.spring.portal;

import org.jspecify.annotations.NullMarked;
