/** Shared by all pages: requests and replies, sessions, templates, navigation, lists. */
@NullMarked
package dev.hookferry.http.console.frame;

import org.jspecify.annotations.NullMarked;
