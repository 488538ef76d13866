package org.procos.engine;

import java.util.Map;

import jakarta.el.CompositeELResolver;
import jakarta.el.ELResolver;
import org.operaton.bpm.engine.impl.el.JuelExpressionManager;

/** The engine's expressions with the {@link ExpressionGuard} in front and no object of the server within reach. */
final class GuardedExpressions extends JuelExpressionManager {

  GuardedExpressions() {
    super(Map.of());
  }

  @Override
  protected ELResolver createElResolver() {
    CompositeELResolver resolvers = new CompositeELResolver();
    resolvers.add(new ExpressionGuard());
    resolvers.add(super.createElResolver());
    return resolvers;
  }
}
