package org.procos.engine;

/** Which engine this is: {@code operaton} or {@code camunda}, and its version. */
record EngineProduct(String name, String version) {
}
