[assembly: Xunit.AssemblyFixture(typeof(FinsamOutcomes.Web.Tests.Browser.Chromium))]
