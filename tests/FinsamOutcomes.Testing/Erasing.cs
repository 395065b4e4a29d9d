using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Erasures;

namespace FinsamOutcomes.Testing;

/// <summary>Erases somebody at once, decided and done as at the command line.</summary>
public static class Erasing
{
    public static async Task EraseAsync(this FinsamDatabase database, int forbundId, int participantId)
    {
        var erasures = new ErasureStore(database);
        await erasures.DecideOneAsync(forbundId, participantId, "other", "prov");
        await erasures.RunAsync(forbundId);
    }
}
