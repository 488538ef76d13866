package org.procos.engine;

import java.beans.FeatureDescriptor;
import java.lang.reflect.Method;
import java.time.temporal.TemporalAccessor;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.el.ELContext;
import jakarta.el.ELResolver;
import org.operaton.bpm.engine.ProcessEngineException;
import org.operaton.bpm.engine.delegate.DelegateExecution;
import org.operaton.bpm.engine.delegate.DelegateTask;
import org.operaton.bpm.engine.externaltask.ExternalTask;
import org.operaton.bpm.engine.variable.value.TypedValue;

/**
 * Keeps expressions within the values of their process. Without it {@code ${''.getClass().forName('java.lang.Runtime')}}
 * in any deployed model runs commands on this machine.
 *
 * <p>Allowed are plain values and their members, and what the delegate interfaces of the engine offer; every other object is
 * refused, and so is the way to a class. It stands first among the resolvers and resolves nothing itself.
 */
final class ExpressionGuard extends ELResolver {

  private static final List<Class<?>> VALUES = List.of(CharSequence.class, Number.class, Boolean.class, Character.class, Enum.class,
      Date.class, Calendar.class, TemporalAccessor.class, Collection.class, Map.class, Map.Entry.class, TypedValue.class);
  private static final List<Class<?>> SCOPES = List.of(DelegateExecution.class, DelegateTask.class, ExternalTask.class);
  private static final Set<String> SCOPE_MEMBERS = SCOPES.stream().flatMap(ExpressionGuard::members).collect(Collectors.toUnmodifiableSet());

  @Override
  public Object getValue(ELContext context, Object base, Object property) {
    check(base, property, false);
    return null;
  }

  @Override
  public Object invoke(ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
    check(base, method, true);
    return null;
  }

  @Override
  public void setValue(ELContext context, Object base, Object property, Object value) {
    check(base, property, false);
  }

  private static void check(Object base, Object member, boolean method) {
    if (base == null) {
      return;
    }
    String name = String.valueOf(member);
    boolean allowed = isValue(base) ? !leadsToClass(base, name, method) : isScope(base) && SCOPE_MEMBERS.contains(name);
    if (!allowed) {
      throw new ProcessEngineException("the engine refuses access to '" + name + "' of a " + base.getClass().getName()
          + ": expressions may use the values of their process, not the server's objects");
    }
  }

  private static boolean isValue(Object base) {
    return base.getClass().isArray() || base.getClass().getName().startsWith("org.joda.time.") || VALUES.stream().anyMatch(type -> type.isInstance(base));
  }

  private static boolean isScope(Object base) {
    return SCOPES.stream().anyMatch(type -> type.isInstance(base));
  }

  private static boolean leadsToClass(Object base, String name, boolean method) {
    if (method) {
      return name.equals("getClass") || name.equals("getDeclaringClass");
    }
    return !(base instanceof Map) && (name.equals("class") || name.equals("declaringClass"));
  }

  /** The names under which an expression reaches the methods of a scope: {@code getVariable}, and {@code id} for {@code getId}. */
  private static Stream<String> members(Class<?> scope) {
    return Stream.of(scope.getMethods()).map(Method::getName).filter(name -> !name.startsWith("getProcessEngine")).flatMap(name -> {
      int prefix = name.startsWith("get") ? 3 : name.startsWith("is") ? 2 : 0;
      return prefix == 0 || name.length() == prefix ? Stream.of(name)
          : Stream.of(name, Character.toLowerCase(name.charAt(prefix)) + name.substring(prefix + 1));
    });
  }

  @Override
  public boolean isReadOnly(ELContext context, Object base, Object property) {
    return true;
  }

  @Override
  public Class<?> getType(ELContext context, Object base, Object property) {
    return null;
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext context, Object base) {
    return Object.class;
  }

  /** Abstract in the one engine's expression API, gone from the other's. */
  public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
    return Collections.emptyIterator();
  }
}
