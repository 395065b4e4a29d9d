namespace FinsamOutcomes.Data.Tests;

/// <summary>
/// Tests that take the key file away or put another in its place run when no other test does: with a server at hand all
/// databases of the run share one file, since a database on a server has no folder of its own.
/// </summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
