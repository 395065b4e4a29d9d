[assembly: Xunit.TestFramework(typeof(FinsamOutcomes.Testing.BothEngines))]
