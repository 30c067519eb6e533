@org.jspecify.annotations.NullMarked
package dev.hookferry.app.secrets;
