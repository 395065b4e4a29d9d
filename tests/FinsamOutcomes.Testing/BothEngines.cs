using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace FinsamOutcomes.Testing;

/// <summary>
/// Runs each test of an assembly once on each engine: <c>[assembly: TestFramework(typeof(BothEngines))]</c>. Tests ask for
/// <see cref="Engines.Current"/>, as <c>WebHost</c> and <c>FinsamProcess</c> do for them. The variant on the server is
/// named so, and skipped saying why when no server is at hand. A test that awaits nothing opens no database, and one that takes
/// <c>engine</c> has its own rows: they have no variant.
/// </summary>
public sealed class BothEngines : XunitTestFramework
{
    /// <summary>The trait of a variant on the server: <c>dotnet test --filter engine=sqlserver</c>.</summary>
    public const string Trait = "engine";

    protected override ITestFrameworkDiscoverer CreateDiscoverer(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return new Discoverer(new XunitTestAssembly(assembly, configFilePath: null, assemblyName: null));
    }

    private sealed class Discoverer(IXunitTestAssembly assembly) : XunitTestFrameworkDiscoverer(assembly)
    {
        protected override ValueTask<bool> FindTestsForMethod(
            IXunitTestMethod testMethod,
            ITestFrameworkDiscoveryOptions discoveryOptions,
            Func<ITestCase, ValueTask<bool>> discoveryCallback) =>
            base.FindTestsForMethod(testMethod, discoveryOptions, async found =>
                await discoveryCallback(found) && (OnServer(testMethod.Method, found) is not { } variant || await discoveryCallback(variant)));

        private static XunitTestCase? OnServer(MethodInfo method, ITestCase found)
        {
            if (method.ReturnType == typeof(void) || method.GetParameters().Any(p => p.Name == "engine") || found is not XunitTestCase test)
                return null;
            var only = method.GetCustomAttribute<OnlySqliteAttribute>() ?? method.DeclaringType!.GetCustomAttribute<OnlySqliteAttribute>();
            var skip = test.SkipReason ?? (only is null ? Engines.ServerSkip : $"Only on SQLite: {only.Why}");
            var traits = test.Traits.ToDictionary(t => t.Key, t => t.Value.ToHashSet(StringComparer.Ordinal), StringComparer.OrdinalIgnoreCase);
            traits[Trait] = ["sqlserver"];
            var (name, id) = ($"{test.TestCaseDisplayName} on sqlserver", $"{test.UniqueID}-sqlserver");
            if (test is XunitDelayEnumeratedTheoryTestCase rows)
                return new XunitDelayEnumeratedTheoryTestCase(
                    rows.TestMethod,
                    name,
                    id,
                    rows.Explicit,
                    rows.SkipTestWithoutData,
                    rows.SkipExceptions,
                    skip,
                    rows.SkipType,
                    rows.SkipUnless,
                    rows.SkipWhen,
                    traits,
                    rows.SourceFilePath,
                    rows.SourceLineNumber,
                    rows.Timeout);
            return test.GetType() == typeof(XunitTestCase)
                ? new XunitTestCase(
                    test.TestMethod,
                    name,
                    id,
                    test.Explicit,
                    test.SkipExceptions,
                    skip,
                    test.SkipType,
                    test.SkipUnless,
                    test.SkipWhen,
                    traits,
                    test.TestMethodArguments,
                    test.SourceFilePath,
                    test.SourceLineNumber,
                    test.Timeout)
                : null;
        }
    }
}

/// <summary>A test, or all of a class, that says nothing about the server: why is shown where it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class OnlySqliteAttribute(string why) : Attribute
{
    public string Why { get; } = why;
}
