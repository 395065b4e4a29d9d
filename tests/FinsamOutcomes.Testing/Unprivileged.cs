using System.Diagnostics;
using Xunit;

namespace FinsamOutcomes.Testing;

/// <summary>
/// Programs run by somebody whom the rights of files bind: tests may be run by root, who may read and write everything.
/// </summary>
public static class Unprivileged
{
    private const string Nobody = "65534";

    /// <summary>What to start, and with which arguments first, so that a program runs without root's rights; skips the test where that can't be done.</summary>
    public static (string Program, IReadOnlyList<string> First) Start(string program)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The rights of files are Unix's.");
        if (!Environment.IsPrivilegedProcess)
            return (program, []);
        IReadOnlyList<string> first = ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", program];
        try
        {
            using var trial = Process.Start(
                new ProcessStartInfo("setpriv", [.. first.Take(5), "test", "-r", Environment.ProcessPath ?? "/", "-a", "-r", AppContext.BaseDirectory]))!;
            trial.WaitForExit();
            Assert.SkipUnless(trial.ExitCode == 0, "Run by root, and nobody else may read the tests' own folder.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("Run by root, and there is no setpriv to leave its rights with.");
        }

        return ("setpriv", first);
    }

    /// <summary>Gives a folder and what is in it to whoever such programs run as.</summary>
    public static void Own(string folder)
    {
        if (!Environment.IsPrivilegedProcess)
            return;
        using var change = Process.Start(new ProcessStartInfo("chown", ["-R", $"{Nobody}:{Nobody}", folder]))!;
        change.WaitForExit();
    }

    /// <summary>Sets the rights of a file or folder, as <c>chmod</c> writes them.</summary>
    public static void Change(string path, string mode)
    {
        using var change = Process.Start(new ProcessStartInfo("chmod", [mode, path]))!;
        change.WaitForExit();
    }
}
