namespace FinsamOutcomes.Testing;

/// <summary>What takes minutes and seldom tells anything new is tried when FINSAM_LONG is set, by hand or at night.</summary>
public static class LongRun
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("FINSAM_LONG") is { Length: > 0 };

    /// <summary>Why a test is skipped in a short run.</summary>
    public const string Off = "FINSAM_LONG is not set: this is for a long run.";
}
