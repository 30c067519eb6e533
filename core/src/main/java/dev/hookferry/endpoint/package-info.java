/** Sites and their endpoints: who wants which events, where, and how. */
@NullMarked
package dev.hookferry.endpoint;

import org.jspecify.annotations.NullMarked;
