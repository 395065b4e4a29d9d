using System.Security.Cryptography;
using FinsamOutcomes.Data.Privacy;

namespace FinsamOutcomes.Data.Tests.Privacy;

public sealed class PrivacyTests
{
    private static readonly FieldPlace s_place = new("participant", "name_encrypted", 7);

    // 811218-9876 and 701063-2391 are Skatteverket's own examples; the others follow from the rule.
    [Theory]
    [InlineData("811218-9876", "198112189876", "man", false)]
    [InlineData(" 19811218-9876 ", "198112189876", "man", false)]
    [InlineData("198112189876", "198112189876", "man", false)]
    [InlineData("8112189876", "198112189876", "man", false)]
    [InlineData("701063-2391", "197010632391", "man", true)]
    [InlineData("189001019802", "189001019802", "woman", false)]
    [InlineData("900101+9802", "189001019802", "woman", false)]
    [InlineData("19811218+9876", "198112189876", "man", false)]
    [InlineData("811218 9876", "198112189876", "man", false)]
    [InlineData("811218 - 9876", "198112189876", "man", false)]
    [InlineData("811218\u20139876\u00A0", "198112189876", "man", false)]
    [InlineData("811218\u20119876", "198112189876", "man", false)]
    [InlineData("1981-12-18-9876", "198112189876", "man", false)]
    [InlineData("19 811218-9876", "198112189876", "man", false)]
    [InlineData("٨١١٢١٨-9876", "198112189876", "man", false)]
    public void A_number_is_read_in_every_way_people_write_it(string text, string digits, string gender, bool isCoordinationNumber)
    {
        PersonalNumber.TryParse(text, new DateOnly(2024, 5, 15), out var number).ShouldBeTrue();
        (number.Digits, number.Gender, number.IsCoordinationNumber).ShouldBe((digits, gender, isCoordinationNumber));
        number.ToString().ShouldNotContain("9");
    }

    [Theory]
    [InlineData("800562-001")]
    [InlineData("800560-001")]
    [InlineData("800065-001")]
    [InlineData("800060-001")]
    [InlineData("19800060-123")]
    public void A_number_of_coordination_may_lack_month_and_day(string withoutCheckDigit)
    {
        // Whichever check digit is right, one of the ten is, and no other.
        var read = Enumerable.Range(0, 10).Where(d => PersonalNumber.TryParse($"{withoutCheckDigit}{d}", new DateOnly(2024, 5, 15), out _)).ToList();
        var number = read.ShouldHaveSingleItem();
        PersonalNumber.TryParse($"{withoutCheckDigit}{number}", new DateOnly(2024, 5, 15), out var parsed).ShouldBeTrue();
        (parsed.BirthYear, parsed.IsCoordinationNumber).ShouldBe((1980, true));
    }

    [Theory]
    [InlineData("860101-T234", PersonalNumberFault.Letter)]
    [InlineData("811218/9876", PersonalNumberFault.Sign)]
    [InlineData("811218-987", PersonalNumberFault.Length)]
    [InlineData("18111218-9876", PersonalNumberFault.Year)]
    [InlineData("811318-9876", PersonalNumberFault.Month)]
    [InlineData("810018-9876", PersonalNumberFault.Month)]
    [InlineData("810230-9876", PersonalNumberFault.Day)]
    [InlineData("20250101-0006", PersonalNumberFault.Future)]
    [InlineData("811218-0006", PersonalNumberFault.BirthNumber)]
    [InlineData("811218-9875", PersonalNumberFault.CheckDigit)]
    public void A_refusal_says_which_part_is_wrong_and_nothing_of_the_number(string text, PersonalNumberFault fault)
    {
        PersonalNumber.Read(text, new DateOnly(2024, 5, 15), out _).ShouldBe(fault);
        fault.InWords().ShouldNotBeEmpty();
        fault.InWords().ShouldNotContain("9876");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("811218-9875")]
    [InlineData("811318-9876")]
    [InlineData("810230-0001")]
    [InlineData("811218+98+76")]
    [InlineData("8112+189876")]
    [InlineData("811218/9876")]
    [InlineData("20990101-0006")]
    [InlineData("81121898760")]
    [InlineData("000000-0000")]
    public void What_is_no_number_is_refused(string? text) =>
        PersonalNumber.TryParse(text, new DateOnly(2024, 5, 15), out _).ShouldBeFalse();

    [Fact]
    public void A_value_is_read_back_only_at_its_own_place_with_its_own_key()
    {
        var cipher = new FieldCipher(RandomNumberGenerator.GetBytes(KeyFile.KeyLength));
        var stored = cipher.Encrypt("Åsa Öberg", s_place);
        cipher.Decrypt(stored, s_place).ShouldBe("Åsa Öberg");
        cipher.Encrypt("Åsa Öberg", s_place).ShouldNotBe(stored);
        foreach (var other in new[] { s_place with { RowId = 8 }, s_place with { Column = "other" }, s_place with { Table = "app_user" } })
            Should.Throw<FieldCipherException>(() => cipher.Decrypt(stored, other));
        Should.Throw<FieldCipherException>(() => new FieldCipher(RandomNumberGenerator.GetBytes(KeyFile.KeyLength)).Decrypt(stored, s_place));
        for (var i = 0; i < stored.Length; i++)
        {
            var changed = (byte[])stored.Clone();
            changed[i] ^= 1;
            Should.Throw<FieldCipherException>(() => cipher.Decrypt(changed, s_place));
        }

        Should.Throw<FieldCipherException>(() => cipher.Decrypt([1, 2, 3], s_place));
    }

    [Fact]
    public void A_blind_index_is_the_same_for_the_same_value_and_tells_two_forbund_apart()
    {
        var cipher = new FieldCipher(new byte[KeyFile.KeyLength]);
        byte[] Index(string text, int scope) => cipher.BlindIndex(text, "participant", "personal_number_encrypted", scope);
        Index("197010632391", 1).ShouldBe(Index("197010632391", 1));
        Index("197010632391", 1).ShouldNotBe(Index("197010632391", 2));
        Index("197010632391", 1).ShouldNotBe(Index("198112189876", 1));
        Index("197010632391", 1).Length.ShouldBe(32);
    }

    [Fact]
    public async Task A_key_file_is_made_once_for_its_owner_only_and_refused_when_damaged_or_open()
    {
        var folder = Directory.CreateTempSubdirectory("finsam-key-test-").FullName;
        try
        {
            var path = Path.Combine(folder, "under", KeyFile.FileName);
            Should.Throw<KeyFileException>(() => KeyFile.Read(path));
            var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Convert.ToHexString(KeyFile.ReadOrCreate(path)))));
            keys.Distinct().Count().ShouldBe(1);
            Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldBe([path]);
            if (!OperatingSystem.IsWindows())
            {
                File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead);
                Should.Throw<KeyFileException>(() => KeyFile.Read(path)).Message.ShouldContain("chmod 600");
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            await File.WriteAllTextAsync(path, "finsam-nyckel-1:kort");
            Should.Throw<KeyFileException>(() => KeyFile.ReadOrCreate(path)).Message.ShouldContain("skadad");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
