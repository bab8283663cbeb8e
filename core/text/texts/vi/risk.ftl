### Warnings: callers who ask for a code, a phone that is not safe.

risk-warn-title = Hãy để ý
risk-wait-title = Khoan làm tiếp
risk-refuse-title = Chưa an toàn để làm tiếp
risk-after-call-label = Làm tiếp được sau
risk-elsewhere-text = Tắt đi rồi mà vẫn vậy? Hãy dùng một máy khác, hoặc đến công an xã, phường.

risk-call-text = Cúp máy trước đã. Kẻ lừa đảo thường gọi điện giả làm công an, rồi chỉ bạn bấm từng bước. Công an không
    hướng dẫn làm việc này qua điện thoại. Cúp máy xong, đợi một chút rồi tự làm tiếp.
risk-capture-text = Màn hình đang được ghi lại hoặc chia sẻ: người khác có thể thấy những gì bạn làm. Hãy tắt ghi màn
    hình và chia sẻ màn hình trước khi làm tiếp.
risk-remote-text = Đang có người điều khiển máy này từ xa. Hãy tắt ứng dụng điều khiển từ xa và ngắt mạng nếu không tắt
    được. Công an và ngân hàng không bao giờ điều khiển máy của bạn.
risk-overlay-text = Có ứng dụng khác đang hiện đè lên màn hình này: nó có thể che mất hoặc giả nút bấm. Hãy đóng ứng dụng
    đó, ví dụ bong bóng trò chuyện hay bộ lọc ánh sáng.
risk-accessibility-text = Một ứng dụng trên máy có quyền bấm thay bạn. Nếu không phải bạn tự cài và đang cần nó, hãy tắt
    trong phần trợ năng của máy. Công cụ đọc màn hình thì không sao.
risk-debugger-text = Ứng dụng đang bị theo dõi bằng công cụ gỡ lỗi. Hãy rút cáp khỏi máy tính, tắt gỡ lỗi trong phần cài
    đặt của máy rồi mở lại ứng dụng.
