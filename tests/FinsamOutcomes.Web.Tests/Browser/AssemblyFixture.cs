[assembly: Xunit.TestFramework(typeof(FinsamOutcomes.Testing.BothEngines))]
[assembly: Xunit.AssemblyFixture(typeof(FinsamOutcomes.Web.Tests.Browser.Chromium))]
