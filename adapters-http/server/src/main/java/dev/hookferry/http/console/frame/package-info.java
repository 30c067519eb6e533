/**
 * Parts that all pages share: requests and replies, sessions, templates, navigation, lists. Filter
 * bars, columns and exports of lists are in {@code console.list}; the site switch and the command
 * palette are in {@code console.navigation}.
 */
@NullMarked
package dev.hookferry.http.console.frame;

import org.jspecify.annotations.NullMarked;
