using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Tests.Measures;

/// <summary>A measure by itself, of the register as it is when it is asked for.</summary>
internal static class OneMeasure
{
    public static async Task<IReadOnlyList<MeasureCell>> MeasureAsync(this FinsamDatabase database, MeasureRequest request)
    {
        await using var snapshot = await MeasureSnapshot.OpenAsync(database, request.ForbundId, TestContext.Current.CancellationToken);
        return await snapshot.ComputeAsync(request);
    }
}
