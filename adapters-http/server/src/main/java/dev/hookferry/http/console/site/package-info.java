/** Pages about a site and the server: settings, keys, sites, system. */
@NullMarked
package dev.hookferry.http.console.site;

import org.jspecify.annotations.NullMarked;
